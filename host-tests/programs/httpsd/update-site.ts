// A server that takes firmware, over files: mc/config says where, how long an image may be, at which step power is cut, and how long a trial is.

import Resource from "Resource";
import { exit } from "desk";
import { basicAuth } from "httpsd/basic-auth";
import { dashboard } from "httpsd/dashboard";
import HTTPSServer from "httpsd/https-server";
import { update, updateTrial } from "httpsd/update";
import config from "mc/config";
import Timer from "timer";
import { FileFirmware } from "./file-update";

const firmware = new FileFirmware(String(config.folder), 200_000, Number(config.cutAt ?? 0));
const slot = firmware.boot();
const image = firmware.hashOf(slot) ?? "none";
trace(`running ${slot} ${image} ${firmware.isPending ? "on trial" : "valid"}\n`);

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: config.port ?? 0, secure });
updateTrial(server, {
	isPending: () => firmware.isPending,
	confirm: () => {
		firmware.confirm();
		trace("confirmed\n");
	},
	giveUp: () => {
		firmware.giveUp();
		trace("given up\n");
		exit(3);
	},
	within: Number(config.trial ?? 60_000)
});
const auth = basicAuth({ realm: "Firmware", users: { admin: "right" } });
server.use("/status", dashboard(server, { auth, update: { path: "/firmware", version: slot } }));
server.use(
	"/firmware",
	update({
		auth,
		io: firmware.io,
		partition: () => firmware.nextPartition(),
		maxLength: Number(config.maxLength ?? 150_000),
		check: head => {
			if (head[0] !== 0xe9) throw new Error("it does not begin with E9");
		},
		updated: () => {
			trace(`restarting after ${firmware.steps} steps\n`);
			Timer.set(() => exit(0), 200);
		}
	})
);
server.get("/", (_request, response) => response.send("here"));
server.get("/broken", () => {
	throw new Error("broken");
});
server.on("error", ({ error }) => trace(`${error}\n`));
server.start();
trace(`Serving https://localhost:${server.port}\n`);
