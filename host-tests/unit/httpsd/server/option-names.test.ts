// An option that does not exist is most often misspelt, and what it should have secured would be open.
import { expect, test } from "@jest/globals";
import { basicAuth } from "httpsd/basic-auth";
import { bearerAuth } from "httpsd/bearer-auth";
import { digestAuth } from "httpsd/digest-auth";
import { rateLimit } from "httpsd/filters/rate-limit";
import { serve } from "../harness";

const server = serve({});

test.each<[string, (options: never) => unknown, object]>([
	["basicAuth", basicAuth, { relm: "a", users: {} }],
	["bearerAuth", bearerAuth, { realm: "a", token: {} }],
	["digestAuth", digestAuth, { realm: "a", users: {}, hash: true }],
	["rateLimit", rateLimit, { rate: 1, brust: 2 }],
	["websocket", options => server.websocket("/a", options), { mesage: () => {} }],
	["events", options => server.events("/b", () => {}, options), { retrie: 5 }],
	["files", options => server.files("/c", { open: () => undefined }, options), { cachecontrol: "no-store" }]
])("B11 %s names an option that does not exist", (name, use, options) => {
	expect(() => use(options as never)).toThrow(
		new RegExp(`^${name} has no option (relm|token|hash|brust|mesage|retrie|cachecontrol)`)
	);
	expect(() => use(null as never)).toThrow(new TypeError(`${name} needs options`));
});
