// Prints the bytes of slots that a TLSContext keeps: the second, since the first also makes what all share.

import Resource from "Resource";
import { gc, memory } from "desk";
import TLSContext from "tls/context";

const cert = new Resource("p256.pem");
const key = new Resource("p256.key.pem");
const make = () => new TLSContext({ cert, key, ALPNProtocols: ["http/1.1"] });

function used() {
	gc();
	return memory().device.slots.used;
}

export const contexts = [make()];
used();
const before = used();
contexts.push(make());
trace(`${used() - before}\n`);
