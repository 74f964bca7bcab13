import { expect, test } from "@jest/globals";
import { isAuthority } from "httpsd/message/authority";
import { parseIPAddress } from "text/ip-address";
import { ask, parse, serve } from "../harness";
import { badHosts, goodHosts } from "./host-vectors";

test.each(goodHosts)("B11 Host %s is one", host => expect(isAuthority(host)).toBe(true));

test.each(badHosts)("B11 Host %j is 400", async host => {
	expect(isAuthority(host)).toBe(false);
	serve().get("/", (_, response) => response.send("x"));
	expect(parse(await ask(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).status).toBe(400);
	// Behind a slash or a question mark it would be the path.
	if (/[/?]/.test(host)) return;
	expect(parse(await ask(`GET http://${host}/ HTTP/1.1\r\nHost: a\r\n\r\n`)).status).toBe(400);
});

test("a long host is checked in time", () => {
	for (const part of ["1:", ":", "::", "%41", "a", "a.", "."]) {
		isAuthority(`${part.repeat(4000)}@`);
		parseIPAddress(part.repeat(4000));
	}
});
