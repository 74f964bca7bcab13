// Names of uploaded files as programs write them: each arrives as the person wrote it, and none leads out of a folder.
import { describe, expect, test } from "@jest/globals";
import { fieldLimits } from "httpsd/limits";
import { parseDisposition } from "httpsd/values/disposition";
import { safePath } from "httpsd/values/sent-names";

const sent: readonly (readonly [program: string, field: string, filename: string | undefined])[] = [
	["a browser", 'form-data; name="f"; filename="a b.txt"', "a b.txt"],
	["a browser, UTF-8", 'form-data; name="f"; filename="größe 😀.txt"', "größe 😀.txt"],
	["a browser, a quote", 'form-data; name="f"; filename="a %22b%22.txt"', 'a "b".txt'],
	["a browser, a percent sign", 'form-data; name="f"; filename="100%25 a%20b.txt"', "100%25 a%20b.txt"],
	["a browser, line ends", 'form-data; name="f"; filename="a%0D%0Ab"', "a\r\nb"],
	["a browser, a backslash", 'form-data; name="f"; filename="a\\b.txt"', "a\\b.txt"],
	["a browser, a backslash at the end", 'form-data; name="f"; filename="a\\"', "a\\"],
	["a browser, a folder", 'form-data; name="f"; filename="photos/2024/x.jpg"', "photos/2024/x.jpg"],
	["a browser, no file", 'form-data; name="f"; filename=""', ""],
	["an old Internet Explorer", 'form-data; name="f"; filename="C:\\Users\\a\\x.txt"', "C:\\Users\\a\\x.txt"],
	["curl before 7.81, Go, Java", 'form-data; name="f"; filename="a \\"b\\" \\\\c.txt"', 'a "b" \\c.txt'],
	["a program that escapes nothing", 'form-data; name="f"; filename="a "b" c.txt"', 'a "b" c.txt'],
	["a quote and a semicolon in a name", 'form-data; name="f"; filename="a\\";b.txt"', 'a";b.txt'],
	["a semicolon in a name", 'form-data; name="f"; filename="a;b.txt"', "a;b.txt"],
	["Postman", 'form-data; name="f"; filename="a\'s.txt"', "a's.txt"],
	[".NET", "form-data; name=f; filename=a.txt; filename*=utf-8''a.txt", "a.txt"],
	[".NET, UTF-8", "form-data; name=f; filename=\"=?utf-8?B?w6QudHh0?=\"; filename*=utf-8''%C3%A4.txt", "ä.txt"],
	[".NET, encoded word only", 'form-data; name=f; filename="=?utf-8?B?w6QudHh0?="', "ä.txt"],
	[
		"encoded words, a character split",
		'form-data; name=f; filename="=?utf-8?B?w6Q=?= =?utf-8?B?IMM=?= =?utf-8?Q?=A4_b?="',
		"ä ä b"
	],
	["encoded words of ISO-8859-1", 'form-data; name=f; filename="=?ISO-8859-1?Q?gr=F6=DFe?="', "größe"],
	["no encoded word", 'form-data; name=f; filename="=?what?="', "=?what?="],
	["Python's requests, long ago", "form-data; name=\"f\"; filename*=utf-8''%e4%bd%a0%20a.txt", "你 a.txt"],
	["a language", "form-data; name=\"f\"; filename*=UTF-8'de'gr%C3%B6%C3%9Fe", "größe"],
	["ISO-8859-1", "form-data; name=\"f\"; filename*=iso-8859-1''%A3%20rates", "£ rates"],
	["the extended one quoted", 'form-data; name="f"; filename*="UTF-8\'\'a%20b"', "a b"],
	["a bad extended one", 'form-data; name="f"; filename="x"; filename*=UTF-8\'\'%zz', "x"],
	["extended, no UTF-8", 'form-data; name="f"; filename="x"; filename*=UTF-8\'\'%ff', "x"],
	["a charset that is not known", 'form-data; name="f"; filename="x"; filename*=gb2312\'\'%C4%E3', "x"],
	["one that cannot be read, alone: a file all the same", "form-data; name=f; filename*=gb2312''%C4%E3", ""],
	["blanks", ' Form-Data ;name = "f" ; filename = "x" ; ', "x"],
	["no quotes, blanks in the name", "form-data; name=f; filename=my file.txt", "my file.txt"],
	["no file", 'form-data; name="f"', undefined]
];

describe("Content-Disposition of a part (RFC 7578 §4.2)", () => {
	test.each(sent)("B11 %s: %s", (_, field, filename) => {
		expect(parseDisposition(field)).toEqual({ name: "f", filename });
	});

	test("B11 a field's name too, also an extended one", () => {
		expect(parseDisposition("form-data; name*=utf-8''%C3%A4")).toEqual({ name: "ä", filename: undefined });
		expect(parseDisposition('form-data; name="a %22b\\"; filename=\\"c"')?.name).toBe('a "b"; filename="c');
		expect(parseDisposition('form-data; name=""')?.name).toBe("");
	});

	test.each([
		"",
		"form-data",
		"attachment; name=f",
		"form-data; filename=x",
		'form-data; name="f',
		"form-data; name",
		'form-data; name="f"x; a=b',
		'form-data; name=x"f"',
		'form-data; name="f"; name="g"',
		'form-data; name="f"; filename="a"; FileName="b"',
		"form-data; na me=f"
	])("B11 malformed: %s", field => expect(parseDisposition(field)).toBeUndefined());

	test("B11 quotes and parameters beyond the bounds are refused", () => {
		const { maxParameters } = fieldLimits;
		const quotes = (count: number) => parseDisposition(`form-data; name="${"'".repeat(9)}${'"'.repeat(count - 2)}"`);
		expect([quotes(4 * maxParameters - 1), quotes(4 * maxParameters)]).toEqual([expect.anything(), undefined]);
		const pairs = (count: number) => parseDisposition(`form-data; name=f${";".repeat(count)}`);
		expect([pairs(maxParameters - 2), pairs(maxParameters - 1)]).toEqual([{ name: "f" }, undefined]);
	});
});

test.each([
	["x.txt", "x.txt"],
	["photos/2024/x.jpg", "photos/2024/x.jpg"],
	["C:\\Users\\a\\x.txt", "Users/a/x.txt"],
	["../../etc/passwd", "etc/passwd"],
	["..\\..\\x", "x"],
	["/etc/passwd", "etc/passwd"],
	["//server/share/x", "server/share/x"],
	["a/.. /./ . /.../b", "a/b"],
	["..", ""],
	[".", ""],
	["", ""],
	["a/", "a"],
	[".htaccess", ".htaccess"],
	["a\0b\r\nc\x7f", "a_b__c_"],
	["C:", ""],
	["c:x", "c:x"],
	["größe\t😀", "größe_😀"],
	// CSI and NEL of ISO 6429: a terminal that shows the name would obey them.
	["a\u009b2J\u0085b", "a_2J_b"]
])("B11 no name of a file leads out of a folder: %j is %j", (name, path) => expect(safePath(name)).toBe(path));
