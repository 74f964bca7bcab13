import { expect, test } from "@jest/globals";
import { parseFields } from "httpsd/fields";
import HttpError from "httpsd/http-error";
import { ask, parse, serve } from "../harness";

const encoding = expect.objectContaining({ status: 400, code: "FIELD_ENCODING" });
const refusal = (call: () => unknown) => {
	try {
		return call();
	} catch (error) {
		return error instanceof HttpError ? error : "another error";
	}
};

test("a stray percent sign in a query is no fault of who reads another name, nor of who reads this one", async () => {
	serve().get("/", (request, response) => response.json([request.query.get("page"), request.query.get("q")]));
	const answer = await ask("GET /?q=100%&page=2 HTTP/1.1\r\nHost: a\r\n\r\n");
	expect(parse(answer)).toMatchObject({ status: 200, body: '["2","100%"]' });
});

test("what is not UTF-8 in a query is refused to who reads it, and to nobody else", () => {
	const fields = parseFields("q=caf%E9&page=2&%FF=3&q=x");
	expect([fields.get("page"), fields.getAll("page"), fields.has("q"), fields.size]).toEqual(["2", ["2"], true, 4]);
	for (const read of [() => fields.get("q"), () => fields.getAll("q"), () => [...fields]])
		expect(refusal(read)).toEqual(encoding);
	expect(fields.get("\ufffd")).toBe(undefined);
});

test("a form's stray percent sign stands for itself, as curl -d sends it", async () => {
	serve().post("/", async (request, response) => response.send((await request.form()).get("off") ?? "nothing"));
	const form = "off=50% now&x=%E9";
	const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}`;
	expect(parse(await ask(`${head}\r\n\r\n${form}`)).body).toBe("50% now");
});

test("a form that is streamed is refused at the pair that is not UTF-8, not before", async () => {
	const seen: string[] = [];
	serve().post("/", async request => {
		for await (const [name] of request.fields()) seen.push(name);
	});
	const form = "a=%&b=2&c=%E9&d=4";
	const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}`;
	expect(parse(await ask(`${head}\r\n\r\n${form}`)).status).toBe(400);
	expect(seen).toEqual(["a", "b"]);
});
