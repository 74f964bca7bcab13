import WiFi from "wifi";
import type { AccessPointOptions } from "../options";

/** Station and access point at once: bits of the SDK's `WiFi.Mode`, which names no mode for both. */
const both = 3;

/**
 * Opens the access point, and keeps the device able to join another network meanwhile. Again where it was closed by
 * joining: an ESP8266's `connect()` makes a station alone of the device.
 * @throws {Error} as the SDK does.
 */
export const openAccessPoint = ({ ssid, password, channel, max }: AccessPointOptions): void => {
	// Before all else: an ESP32 whose radio is off would become an access point alone, and could not look for networks.
	WiFi.mode = both;
	const options = {
		ssid,
		station: true,
		hidden: false,
		// Names that are there with `undefined` are taken for values.
		...(password !== false && { password }),
		...(channel !== undefined && { channel }),
		...(max !== undefined && { max })
	};
	WiFi.accessPoint(options);
};

/** Whether it is open. */
export const isAccessPointOpen = (): boolean => {
	return WiFi.mode === both;
};

/** Closes it; the device stays in the network that it has joined. Does not throw. */
export const closeAccessPoint = (): void => {
	try {
		WiFi.mode = WiFi.Mode.station;
	} catch {
		// It was not open.
	}
};
