import { afterEach, expect, jest, test } from "@jest/globals";
import { clockSetAfter } from "httpsd/limits";
import { connect, parse, serve } from "../harness";

afterEach(() => void jest.useRealTimers());

test("B11 Date is sent as soon as the clock has been set, and keeps up with it", async () => {
	jest.useFakeTimers();
	serve().get("/", (_, response) => response.send("x"));
	const client = await connect();
	const dateAt = (time: number) => {
		jest.setSystemTime(time);
		client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		return parse(client.take()).headers.date;
	};
	expect([dateAt(0), dateAt(1000), dateAt(clockSetAfter - 1)]).toEqual([undefined, undefined, undefined]);
	expect(dateAt(clockSetAfter)).toBe("Mon, 01 Jan 2024 00:00:00 GMT");
	expect(dateAt(clockSetAfter + 999)).toBe("Mon, 01 Jan 2024 00:00:00 GMT");
	expect(dateAt(clockSetAfter + 1000)).toBe("Mon, 01 Jan 2024 00:00:01 GMT");
	expect(dateAt(0)).toBe(undefined);
});
