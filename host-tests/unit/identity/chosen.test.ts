// Z12: what may be chosen is said without reading chains: a device's memory has no room for one whenever somebody looks.

import "../tls/natives";
import { expect, test } from "@jest/globals";
import ChosenIdentity from "identity/chosen-identity";

const store = { read: () => undefined, write() {}, remove() {} };
const facts = { notAfter: 5, fingerprint: "AB:CD", chainLength: 9000 };

test("Z12 nobody who looks at the choices has a chain read", () => {
	let isRead = 0;
	const pair = { cert: new Uint8Array(4), key: new Uint8Array(4) };
	const own = {
		...facts,
		get secure() {
			isRead++;
			return pair;
		}
	};
	const identities = new ChosenIdentity({ supplies: { own, acme: own, none: { secure: undefined } }, store });
	isRead = 0;
	expect(identities.choices).toEqual([
		{ name: "own", notAfter: 5, fingerprint: "abcd" },
		{ name: "acme", notAfter: 5, fingerprint: "abcd" },
		{ name: "none", notAfter: undefined, fingerprint: undefined }
	]);
	expect([identities.chainLength("acme"), identities.chainLength("none"), identities.chainLength("toString")]).toEqual([
		9000, 0, 0
	]);
	expect(isRead).toBe(0);
});
