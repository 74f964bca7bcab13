// Options by the names that the SDK's TLS and Node's have for them.
import { expect, test } from "@jest/globals";
import { findUnknownOption } from "tls/config/option-names";

// The first three are names of the SDK's TLS in JavaScript (8.2.3, `crypt/ssl`), the next five of its TLS over mbedTLS; the others are Node's.
test.each([
	["tls_server_name", "servername"],
	["tls_max_fragment_length", "receiveSize"],
	["tls_application_layer_protocol_negotiation", "ALPNProtocols"],
	["certificate", "cert for this end's own, ca for whom to trust"],
	["clientCertificates", "cert"],
	["clientKey", "key"],
	["clientAuth", "requestCert"],
	["protocolVersion", "minVersion and maxVersion"],
	["verify", "rejectUnauthorized"],
	["ecdhCurve", "groups"],
	["sigalgs", "signatureAlgorithms"],
	["SNICallback", "select"],
	["alpnprotocols", "ALPNProtocols"]
])("C6 option %s is refused with the name to use: %s", (name, own) => {
	const known = { ALPNProtocols: true };
	expect(findUnknownOption("TLSContext", { [name]: 1 }, known)).toBe(`TLSContext has no option ${name}: use ${own}`);
});
