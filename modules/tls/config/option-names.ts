// Unknown options are refused: most of them are misspelt, and what they should have secured would be open.

/** Every name of an options type. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/** What the SDK's TLS, or Node's, calls otherwise. */
export const otherNames: Readonly<Record<string, string>> = Object.freeze({
	certificate: "cert for this end's own, ca for whom to trust",
	clientCertificates: "cert",
	clientKey: "key",
	clientAuth: "requestCert",
	protocolVersion: "minVersion and maxVersion",
	verify: "rejectUnauthorized",
	tls_server_name: "servername",
	tls_application_layer_protocol_negotiation: "ALPNProtocols",
	tls_max_fragment_length: "receiveSize",
	ecdhCurve: "groups",
	sigalgs: "signatureAlgorithms",
	SNICallback: "select"
});

function suggest(name: string, known: object): string {
	const lower = name.toLowerCase();
	const other = Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
	const use = other ?? Object.keys(known).find(each => each.toLowerCase() === lower);
	return use === undefined ? "" : `: use ${use}`;
}

/** What is wrong with the names of `options`, the first of them; `undefined` when all are known. */
export function findUnknownOption(what: string, options: object, known: object): string | undefined {
	for (const [name, value] of Object.entries(options)) {
		if (value !== undefined && !Object.hasOwn(known, name))
			return `${what} has no option ${name}${suggest(name, known)}`;
	}
	return undefined;
}

/** @throws {TypeError} no options, or one that is not known */
export function checkOptionNames(what: string, options: object, known: object): void {
	if (typeof options !== "object" || options === null) throw new TypeError(`${what} needs options`);
	const problem = findUnknownOption(what, options, known);
	if (problem !== undefined) throw new TypeError(problem);
}
