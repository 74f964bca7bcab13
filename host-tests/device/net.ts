// Stands for the SDK's module of this name, which asks Wi-Fi.

export default Object.freeze(
	{
		/** Of `IP` only: `undefined` until the network has given an address. */
		get(property: string): string | undefined {
			return native("xs_chip_get").call(this, property);
		}
	},
	true
);
