import { settle } from "../fake-socket";
import { connect, parse } from "../harness";

/** The answer to a request without content; each of `fields` ends with CRLF. */
export async function get(path: string, fields = "", method = "GET"): Promise<ReturnType<typeof parse>> {
	const client = await connect();
	client.send(`${method} ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`);
	await settle();
	return parse(client.take());
}
