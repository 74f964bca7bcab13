// A device that is nothing but without Wi-Fi, and what is left of its memory, whenever that is less than before.

import { memory } from "desk";
import config from "mc/config";
import PreferenceStore from "provisioning/preference-store";
import Provisioner from "provisioning/provisioner";
import Timer from "timer";
import { air } from "./wifi";

let least = Number.POSITIVE_INFINITY;
function print(step: string): void {
	const { block, stack, heap } = memory().device as NonNullable<ReturnType<typeof memory>["device"]>;
	if (block.lowestFree >= least && step === "then") return;
	least = block.lowestFree;
	trace(`${step}: ${JSON.stringify([block.free, block.lowestFree, stack.deepest, heap.free, heap.lowestFree])}\n`);
}

// The standing-in class is in memory here, the SDK's in flash.
print("before");
air.networks = [{ ssid: "Home", password: "correct horse" }];
air.crowd = Number(config.crowd ?? 40);
const provisioner = new Provisioner({
	accessPoint: { ssid: "Lamp 4F21", password: "printed-on-it" },
	store: new PreferenceStore(),
	link: "https://lamp.local/",
	address: "127.0.0.1",
	port: Number(config.port),
	dnsPort: Number(config.dnsPort),
	limits: { doneTime: 500 },
	onOnline: () => print("online")
});
provisioner.start();
print("started");
Timer.repeat(() => print("then"), 200);
