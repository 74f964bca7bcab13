// A client that knows the end of a response by the end of the connection gets that while it is still uploading, over TLS.

import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { within } from "../../../deadline";
import { caFile } from "../../identities";
import { type FieldSite, startFieldSite } from "./field-site";

describe("half-close", () => {
	let site: FieldSite;
	beforeAll(async () => {
		site = await startFieldSite({ lingerTimeout: 60_000, maxLingerTimeout: 60_000 }, "debug");
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	test.each(["TLSv1.2", "TLSv1.3"] as const)(
		"close_notify comes behind the refusal, and what is sent then resets nothing: %s",
		async maxVersion => {
			const port = Number(new URL(site.urls.https).port);
			const options = { port, servername: "localhost", ca: readFileSync(caFile), allowHalfOpen: true, maxVersion };
			const socket = connect({ host: "127.0.0.1", ...options });
			const errors: Error[] = [];
			let received = "";
			const ended = new Promise<void>(resolve => void socket.on("end", resolve));
			socket
				.on("error", error => errors.push(error))
				.on("data", piece => {
					received += piece;
				});
			socket.write(`POST /written-refusal HTTP/1.0\r\nHost: localhost\r\nContent-Length: ${100 << 20}\r\n\r\n`);
			socket.write(Buffer.alloc(1 << 20));
			await within(10_000, "the end of the response", ended);
			expect(received).toMatch(/^HTTP\/1.1 403 .*connection: close.*You may not, whoever you are$/s);
			for (let count = 0; count < 4; count++)
				await within(10_000, "room to send more", new Promise(resolve => socket.write(Buffer.alloc(1 << 20), resolve)));
			expect([errors, socket.writable]).toEqual([[], true]);
			socket.destroy();
		}
	);
});
