// Verifies every certificate in roots.der against the bundle, and tells what came of it and what the store costs.

import Resource from "Resource";
import { readElement } from "text/der";
import TLSCertStore from "tls/cert-store";
import { measureHeap } from "tls/heap";

const before = measureHeap().used ?? 0;
const store = new TLSCertStore({ caBundle: new Resource("x509_crt_bundle"), usage: "any" });
const cost = (measureHeap().used ?? 0) - before;
const roots = new Resource("roots.der").slice(0) as ArrayBuffer;
const bytes = new Uint8Array(roots);
const codes: Record<string, number> = {};

for (let at = 0; at < bytes.length; ) {
	const { end } = readElement(bytes, at, bytes.length);
	const { code } = store.verify(roots.slice(at, end));
	codes[code] = (codes[code] ?? 0) + 1;
	at = end;
}
trace(`${JSON.stringify({ cost, codes })}\n`);
