// What TLS cannot have of a C heap that is full is an error that the program catches.

import Resource from "Resource";
import { give, take } from "c-heap";
import TLSContext from "tls/context";

const options = { cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") };

function attempt() {
	try {
		new TLSContext(options);
		return "made";
	} catch (error) {
		return `${error.name} ${error.code}`;
	}
}

// XS takes a few hundred bytes of the C heap itself when a program says \`try\`.
const spare = take(2000);
const blocks = [];
for (let block = take(500); block !== undefined; block = take(500)) blocks.push(block);
give(spare);
trace(`full: ${attempt()}\n`);
blocks.forEach(give);
trace(`given back: ${attempt()}\n`);
