// Z12: a certificate that was served is stored when another is chosen: XS is asked for the copies of its chain.
import { expect, test } from "@jest/globals";
import { serveCertificates } from "httpsd/certificates";
import Budget from "httpsd/memory/budget";
import { ask, parse, serve } from "../harness";

const chain = 8000;
const text = JSON.stringify({ name: "own" });
const post = `POST /certificates/choice HTTP/1.1\r\nHost: a\r\nContent-Length: ${text.length}\r\n\r\n${text}`;

test.each([
	[true, 200],
	[false, 503]
])("Z12 a choice where XS has room for two copies of the chain that is served: %s", async (isRoomy, status) => {
	let chosen = 0;
	const budget = new Budget(100_000, 0, 0, undefined, 0, (_, chunks) => isRoomy || chunks < 2 * chain);
	const server = serve({ ...{ budget }, maxConnections: 40 });
	const identities = {
		choice: "own",
		choices: [],
		trial: undefined,
		secure: { cert: new Uint8Array(chain) },
		choose: () => void chosen++,
		confirm() {}
	};
	serveCertificates(server, { identities, uploaded: { request: "", install() {} }, authenticate: () => undefined });
	expect([parse(await ask(post)).status, chosen]).toEqual([status, isRoomy ? 1 : 0]);
});
