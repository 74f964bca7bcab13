import type { ListenerConstructor } from "../../io";

/** Options of every listener of ECMA-419's pattern. */
const commonOptions: Readonly<Record<string, true>> = Object.freeze({
	address: true,
	port: true,
	target: true
});

/**
 * What a server accepts connections from. An option that neither the server nor its `io` knows is most often a limit that
 * is misspelt: it is refused where `io.optionNames` says what there is, and traced elsewhere.
 * @throws {TypeError} `io` is no class, or an option is not known
 */
export const checkIO = (io: unknown, options: object): ListenerConstructor => {
	if (typeof io !== "function")
		throw new TypeError("Server needs io, the listener to accept from: Listener, TLSListener or another");
	const { optionNames } = io as { optionNames?: object };
	for (const [name, value] of Object.entries(options)) {
		if (value === undefined || Object.hasOwn(optionNames ?? commonOptions, name)) continue;
		if (optionNames !== undefined) throw new TypeError(`Neither Server nor its io has an option ${name}`);
		trace(`Server: ${name} is none of its options, and handed to its io\n`);
	}
	return io as ListenerConstructor;
};

/** Whether it speaks TLS. */
export const isSecure = (io: ListenerConstructor): boolean => {
	return Object.hasOwn((io as { optionNames?: object }).optionNames ?? {}, "secure");
};
