// Which names a certificate is for (RFC 9525): the one table that both of our rules are held against, the one in
// TypeScript (verify-hostname.ts) and the one in C (tls-verify.c).

export interface NamedCertificate {
	readonly what: string;
	/** As openssl's configuration has it; none when left out. */
	readonly subjectAltName?: string;
	/** Default `/CN=common.example`. */
	readonly subject?: string;
	readonly isFor: readonly string[];
	readonly isNotFor: readonly string[];
}

/** A subjectAltName with one dNSName of these bytes, whatever they are. */
function dnsNameOf(text: string): string {
	const bytes = Buffer.from(text);
	const inner = Buffer.concat([Buffer.from([0x82, bytes.length]), bytes]);
	return `DER:${Buffer.concat([Buffer.from([0x30, inner.length]), inner]).toString("hex")}`;
}

export const namedCertificates: readonly NamedCertificate[] = [
	{
		what: "names, wildcards and addresses",
		subjectAltName:
			"DNS:device.local,DNS:*.Example.com,DNS:f*.partial.example,DNS:a.*.inner.example,DNS:*,DNS:*.,DNS:*.*.two.example," +
			"IP:192.0.2.1,IP:2001:db8::1",
		isFor: [
			"device.local",
			"DEVICE.Local",
			"device.local.",
			"www.example.com",
			"WWW.EXAMPLE.COM.",
			"xn--bcher-kva.example.com",
			"under_score.example.com",
			"192.0.2.1",
			"192.0.2.1.",
			"2001:db8::1",
			"2001:DB8:0:0:0:0:0:1",
			"2001:db8:0::0.0.0.1"
		],
		isNotFor: [
			"common.example",
			"example.com",
			".example.com",
			"a.b.example.com",
			"foo.partial.example",
			"f*.partial.example",
			"a.b.inner.example",
			"a.*.inner.example",
			"x.y.two.example",
			"*.y.two.example",
			"localhost",
			"*",
			"*.example.com",
			"",
			".",
			"device.local..",
			"device..local",
			"device.local\u0000",
			"device.local\u0000.evil.example",
			" device.local",
			"device.local ",
			"xdevice.local",
			"evice.local",
			"192.0.2.10",
			"192.000.2.1",
			"192.0.513",
			"3221225985",
			"0xc0.0.2.1",
			"2001:db8::2",
			"[2001:db8::1]",
			"2001:db8::1%eth0",
			"::ffff:192.0.2.1"
		]
	},
	{ what: "a common name alone", isFor: [], isNotFor: ["common.example"] },
	{ what: "an address as common name", subject: "/CN=192.0.2.1", isFor: [], isNotFor: ["192.0.2.1"] },
	{
		what: "names of other kinds",
		subjectAltName: "URI:device.local,email:device.local,RID:1.2.3",
		subject: "/CN=device.local",
		isFor: [],
		isNotFor: ["device.local", "1.2.3"]
	},
	{ what: "an address as dNSName", subjectAltName: "DNS:192.0.2.1", isFor: [], isNotFor: ["192.0.2.1"] },
	{
		what: "a name as long as an address",
		subjectAltName: "DNS:abcd,IP:97.98.99.100",
		isFor: ["abcd", "97.98.99.100"],
		isNotFor: ["bcda"]
	},
	{
		what: "A-labels",
		subjectAltName: "DNS:xn--bcher-kva.example,DNS:*.xn--bcher-kva.example",
		isFor: ["xn--bcher-kva.example", "XN--BCHER-KVA.example", "a.xn--bcher-kva.example"],
		isNotFor: ["b\u00fccher.example", "bucher.example"]
	},
	{
		what: "a NUL in the name",
		subjectAltName: dnsNameOf("device.local\u0000.evil.example"),
		isFor: [],
		isNotFor: ["device.local", "device.local\u0000.evil.example", ".evil.example"]
	},
	{
		what: "a letter that lower case makes ASCII",
		subjectAltName: dnsNameOf("\u212aitchen.local"),
		isFor: [],
		isNotFor: ["kitchen.local", "\u212aitchen.local"]
	},
	{
		what: "UTF-8",
		subjectAltName: dnsNameOf("b\u00fccher.example"),
		isFor: [],
		isNotFor: ["b\u00fccher.example", "bucher.example"]
	},
	{ what: "a final dot", subjectAltName: "DNS:device.local.", isFor: [], isNotFor: ["device.local", "device.local."] },
	{ what: "an empty name", subjectAltName: dnsNameOf(""), isFor: [], isNotFor: ["", ".", "device.local"] },
	{
		what: "a top level",
		subjectAltName: "DNS:*.local,DNS:local",
		isFor: ["device.local", "local"],
		isNotFor: ["a.device.local"]
	}
];
