// Options of TLS that are called otherwise elsewhere.

import { checkOptionNames as checkNames, findUnknownOption as findUnknown } from "text/option-names";

/** What the SDK's TLS, or Node's, calls otherwise. */
const otherNames: Readonly<Record<string, string>> = Object.freeze({
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

/** As in text/option-names, with what other libraries call it. */
export const findUnknownOption = (what: string, options: object, known: object): string | undefined => {
	return findUnknown(what, options, known, otherNames);
};

/** @throws {TypeError} no options, or one that is not known */
export const checkOptionNames = (what: string, options: object, known: object): void => {
	checkNames(what, options, known, otherNames);
};
