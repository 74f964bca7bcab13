// A firmware that includes manifests of modules/without: what is left works, and what is called but not there says which manifest
// leaves it out. The modules stand in the places that these manifests name.

import { expect, jest, test } from "@jest/globals";
import NoConnectionAttempt from "../../../../modules/without/no-connection-attempt";
import NoPeerCertificate from "../../../../modules/without/no-peer-certificate";
import { applyPSKs } from "../../../../modules/without/no-psk";
import type * as harness from "../harness";

jest.mock("httpsd/websocket/endpoint", () => jest.requireActual("../../../../modules/without/no-websocket"));
jest.mock("httpsd/event-streams/source", () => jest.requireActual("../../../../modules/without/no-event-streams"));
jest.mock("httpsd/files", () => jest.requireActual("../../../../modules/without/no-files"));
jest.mock("httpsd/files/content", () => jest.requireActual("../../../../modules/without/no-entity-tags"));
jest.mock("httpsd/content/multipart-form", () => jest.requireActual("../../../../modules/without/no-multipart-form"));
jest.mock("httpsd/content/urlencoded-form", () => jest.requireActual("../../../../modules/without/no-urlencoded-form"));

const { ask, parse, serve } = require("../harness") as typeof harness;

const message = (manifest: string) =>
	new RegExp(`^This firmware .+: its manifest includes modules/without/${manifest}$`);

test("what is asked for while a server is set up is refused at once", () => {
	const server = serve();
	expect(() => server.websocket("/chat", {})).toThrow(message("websocket.json"));
	expect(() => server.events("/time", () => {})).toThrow(message("event-streams.json"));
	expect(() => server.files("/", { open: () => undefined } as never)).toThrow(message("files.json"));
	expect(() => new NoConnectionAttempt()).toThrow(message("clients.json"));
	expect(() => new NoPeerCertificate()).toThrow(message("peer-certificates.json"));
});

test("a context without pre-shared keys is made, and one with them refused", () => {
	expect(applyPSKs({}, {})).toBe(false);
	for (const name of ["psks", "psk", "pskIdentityHint"])
		expect(() => applyPSKs({}, { [name]: "" })).toThrow(message("pre-shared-keys.json"));
});

const post =
	"POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 3\r\n\r\na=b";

test.each(["form", "fields", "parts"] as const)(
	"request.%s() answers with 500, and the server is told why",
	async name => {
		const server = serve();
		const errors: string[] = [];
		server.on("error", ({ error }) => errors.push((error as Error).message));
		server.post("/", request => request[name]());
		expect(parse(await ask(post)).status).toBe(500);
		expect(errors).toEqual([expect.stringMatching(message("forms.json"))]);
	}
);

test("routes, content and JSON are served as ever", async () => {
	const server = serve();
	server.post("/", async (request, response) => response.send(`${await request.text()}!`));
	server.content("/page", "text/html", "<p>");
	expect(parse(await ask(post)).body).toBe("a=b!");
	expect(parse(await ask("GET /page HTTP/1.1\r\nhost: a\r\n\r\n")).body).toBe("<p>");
});
