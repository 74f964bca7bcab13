// A JSON API for pages of another origin, with bearer tokens: a lamp that is read and set.
//
// Order matters: first rateLimit(), so that guesses of tokens are few; then cors(), for a preflight has no token; then bearerAuth().

import Resource from "Resource";
import { bearerAuth } from "httpsd/bearer-auth";
import { cors } from "httpsd/filters/cors";
import { rateLimit } from "httpsd/filters/rate-limit";
import HttpError from "httpsd/http-error";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import { randomBytes } from "tls/random";

const origin = String(config.origin ?? "https://app.example");
// A token of one's own for each start unless mc/config has one: no secret stands in a source.
const token = String(config.token ?? makeToken());

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: config.port, secure });
const lamp = { on: false, level: 100 };

function makeToken(): string {
	const digits = Array.from(new Uint8Array(randomBytes(16)), byte => byte.toString(16).padStart(2, "0"));
	return digits.join("");
}

server.use("/api", rateLimit({ rate: 10, burst: 40 }));
server.use("/api", cors({ origins: [origin], maxAge: 600 }));
server.use("/api", bearerAuth({ realm: "Lamp", tokens: { app: token } }));

server.get("/api/lamp", (_request, response) => response.json(lamp));

server.put("/api/lamp", async (request, response) => {
	// Names that a client chooses never become properties; see docs/http.md, "Requests".
	const { on = lamp.on, level = lamp.level } = Object(await request.json(["on", "level"]));
	if (typeof on !== "boolean") throw new HttpError(400, "LAMP", "on is true or false");
	if (!Number.isInteger(level) || level < 0 || level > 100) throw new HttpError(400, "LAMP", "level is 0 to 100");
	Object.assign(lamp, { on, level });
	response.json(lamp);
});

server.onStatus(404, (_request, response) => response.json({ error: "There is no such thing" }));

server.start();
trace(`Pages of ${origin} may ask, with the token ${token}\n`);
trace(`Serving https://localhost:${server.port}/api/lamp\n`);
