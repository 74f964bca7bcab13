// Firmware that takes another one over HTTPS, confirms itself at its first answer, and is given up without one: as docs/update.md says, with the
// SDK's update class, and ESP-IDF's functions by the SDK's FFI. mc/config: version, password, trial (ms).

import Resource from "Resource";
import flash from "embedded:storage/flash";
import Update from "embedded:update";
import { basicAuth } from "httpsd/basic-auth";
import HTTPSServer from "httpsd/https-server";
import { update, updateTrial } from "httpsd/update";
import config from "mc/config";
import FFI from "mc/ffi";
import Timer from "timer";

/** Pointers have 32 bits. */
const idf = new FFI();
/** `ESP_OTA_IMG_PENDING_VERIFY` */
const pendingVerify = 1;

function isPending() {
	const state = new Uint32Array(1);
	const error = idf.esp_ota_get_state_partition(idf.esp_ota_get_running_partition(), state.buffer);
	return error === 0 && state[0] === pendingVerify;
}

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: config.port, secure });

updateTrial(server, {
	isPending,
	confirm: () => trace(`confirmed: ${idf.esp_ota_mark_app_valid_cancel_rollback()}\n`),
	giveUp: () => {
		trace("given up\n");
		idf.esp_ota_mark_app_invalid_rollback_and_reboot();
	},
	within: Number(config.trial ?? 30_000)
});
server.use(
	"/firmware",
	update({
		auth: basicAuth({ realm: "Firmware", users: { admin: String(config.password) } }),
		io: Update,
		partition: () => flash.open({ path: "nextota" }),
		maxLength: 1_900_000,
		updated: () => Timer.set(() => idf.esp_restart(), 1000)
	})
);
server.get("/version", (_request, response) => response.send(`${config.version}`));

trace(`version ${config.version}, ${isPending() ? "on trial" : "confirmed"}\n`);
server.start();
trace(`listening on ${server.port}\n`);
