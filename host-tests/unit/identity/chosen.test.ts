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

test("Z12 no object is asked for a name that a client has sent: XS would keep it", () => {
	const asked = new Set<string>();
	const own = { ...facts, secure: { cert: new Uint8Array(4), key: new Uint8Array(4) } };
	const note = <T>(name: string | symbol, answer: T) => {
		asked.add(String(name));
		return answer;
	};
	const supplies = new Proxy(
		{ own },
		{
			get: (of, name) => note(name, Reflect.get(of, name)),
			has: (of, name) => note(name, Reflect.has(of, name)),
			getOwnPropertyDescriptor: (of, name) => note(name, Reflect.getOwnPropertyDescriptor(of, name))
		}
	);
	const identities = new ChosenIdentity({ supplies, store });
	expect(identities.chainLength("sent")).toBe(0);
	expect(() => identities.choose("sent")).toThrow(RangeError);
	expect([...asked]).toEqual(["own"]);
});
