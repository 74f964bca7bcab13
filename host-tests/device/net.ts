// Stands for the SDK's module of this name, which asks Wi-Fi.

const Net = {
	/** Of `IP` only: `undefined` until the network has given an address. */
	get(property: string): string | undefined {
		return native("xs_chip_get").call(this, property);
	}
};
Object.freeze(Net, true);

export default Net;
