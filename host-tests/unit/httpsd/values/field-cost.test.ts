// No field that a client makes up costs more than its length: twice as long is twice the work, and not four times.

import { expect, test } from "@jest/globals";
import { hasTag } from "httpsd/values/conditions";
import { parseCookies } from "httpsd/values/cookies";
import { parseDisposition } from "httpsd/values/disposition";
import { listMembers } from "httpsd/values/lists";
import { parseParameterized, parseParameters } from "httpsd/values/parameters";
import { chooseCoding } from "httpsd/values/quality";
import { parseRanges } from "httpsd/values/range";
import { trimSpace } from "text/ascii";
import { decodeBase64 } from "text/base64";
import { stringWork } from "./string-work";

const parameters = (text: string) => parseParameters(`,${text}`, ",");
const typed = (text: string) => parseParameterized(`a/b;${text}`);
const named = (text: string) => parseDisposition(`form-data; name="${text}"`);
const coding = (text: string) => chooseCoding(text, ["br", "gzip"]);
const tags = (text: string) => hasTag(text, opaque => opaque === "a");
const range = (text: string) => parseRanges(`bytes=${text}`, 100);

const cases: [name: string, unit: string, parse: (text: string) => unknown][] = [
	["If-None-Match of quotes", '"', tags],
	["If-None-Match of tags", '"a",', tags],
	["If-None-Match of weak marks", "W/", tags],
	["If-None-Match of commas", ",", tags],
	["Content-Type of semicolons", ";", typed],
	["Content-Type of spaces", " ", typed],
	["Content-Type of pairs", "a=b;", typed],
	["Content-Type of backslashes", "\\", typed],
	["Digest of commas", ",", parameters],
	["Digest of quotes", '"', parameters],
	["Digest of quoted pairs", 'a="b",', parameters],
	["a quoted value of escapes", "\\\\", named],
	["a quoted value of escaped quotes", '\\"', named],
	["a quoted value of what may be ends", '";', named],
	["a quoted value of letters", "a", named],
	["spaces", " ", text => trimSpace(` ${text}a${text}a${text} `)],
	["wide spaces", "\u3000", text => trimSpace(` ${text} `)],
	["spaces with letters", "a ", text => trimSpace(` ${text}`)],
	["members", "a,", listMembers],
	["Accept-Encoding of parameters", "a;", coding],
	["Accept-Encoding of members", "a;q=0.5,", coding],
	["Range of commas", ",", range],
	["Range of ranges", "1-2,", range],
	["cookies", "a=b;", parseCookies],
	["Base64", "QUFB", decodeBase64]
];

test.each(cases)("B11 %s cost as much as they are long", (_, unit, parse) => {
	const work = (length: number) => stringWork(() => parse(unit.repeat(length / unit.length)));
	const once = work(4000);
	const twice = work(8000);
	expect(twice).toBeLessThan(2.2 * once + 1000);
	expect(twice).toBeLessThan(60 * 8000);
});
