// A device without Wi-Fi: mc/config gives its limits and options. On a port of its own a test says what is on the air, and hears what is.

import Listener from "embedded:io/socket/listener";
import { exit, gc, memory } from "desk";
import Server from "httpsd/server";
import config from "mc/config";
import PreferenceStore from "provisioning/preference-store";
import Provisioner from "provisioning/provisioner";
import type { Store } from "provisioning/store";
import { air, tell } from "./wifi";

const options = JSON.parse(String(config.options ?? "{}"));
Object.assign(air, JSON.parse(String(config.air ?? "{}")));
const preferences = new PreferenceStore();

/** Power is cut before the value is written, or behind it; or it cannot be. */
const store: Store = {
	read: () => preferences.read(),
	write(value) {
		if (config.store === "cut before") exit(3);
		if (config.store === "throws") throw new Error("nvs_set_blob fail");
		preferences.write(value);
		if (config.store === "cut behind") exit(3);
	},
	remove: () => preferences.remove()
};
const heard: string[] = [];
const provisioner = new Provisioner({
	accessPoint: { ssid: "Lamp 4F21", password: "printed-on-it" },
	store,
	link: "https://lamp.local/",
	title: "Lamp",
	address: "127.0.0.1",
	port: Number(config.port ?? 0),
	dnsPort: Number(config.dnsPort ?? 0),
	onOnline: () => heard.push("online"),
	onOffline: () => heard.push("offline"),
	onPortal: isOpen => heard.push(isOpen ? "portal" : "closed"),
	onError: error => heard.push(String(error)),
	...options
});

const control = new Server({ io: Listener, port: Number(config.control ?? 0), maxConnections: 1 });
control.get("/", (_, response) => {
	const { online, portal, configured } = provisioner;
	response.json({ online, portal, configured, heard: [...heard], calls: [...air.calls], opened: air.opened });
});
control.post("/air", async (request, response) => {
	Object.assign(air, JSON.parse(await request.text()));
	response.send();
});
control.post("/tell/:message", ({ params }, response) => {
	tell(params.message as "disconnect");
	response.send();
});
control.post("/open", (_, response) => {
	void provisioner.open();
	response.send();
});
control.post("/forget", (_, response) => {
	provisioner.forget();
	response.send();
});
control.get("/memory", (_, response) => {
	gc();
	response.json(memory());
});
if (config.control !== undefined) control.start();
provisioner.start();
trace("started\n");

export function stop(): void {
	void Promise.all([provisioner.close(), control.stop()]).then(() => exit(0));
}
