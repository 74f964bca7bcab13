// A certificate that peers would not believe, with and without leave. Prints what came of it.

import Resource from "Resource";
import TLSContext, { type TLSContextOptions } from "tls/context";
import type TLSError from "tls/error";

const weak = { cert: new Resource("weak.pem"), key: new Resource("weak.key.pem") };

function tell(name: string, options: TLSContextOptions): void {
	try {
		const context = new TLSContext(options);
		trace(`${name}: ${context.hasIdentity ? "accepted" : "no identity"}\n`);
	} catch (error) {
		const { code, message } = error as TLSError;
		trace(`${name}: ${message} (${code})\n`);
	}
}

tell("without", weak);
tell("refused", { ...weak, allowWeakCert: false });
tell("allowed", { ...weak, allowWeakCert: true });
tell("beside a good one", {
	cert: [new Resource("good.pem"), weak.cert],
	key: [new Resource("good.key.pem"), weak.key],
	allowWeakCert: true
});
tell("a good one", { cert: new Resource("good.pem"), key: new Resource("good.key.pem"), allowWeakCert: true });
trace("end\n");
