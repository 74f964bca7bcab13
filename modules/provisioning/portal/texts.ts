import type { Problem } from "./progress";

/** A problem in plain words, and what to do. `ssid` is put in as it is. @param isSeen whether the last scan has found the network. */
export const describeProblem = (problem: Problem, ssid: string, isSeen: boolean): string => {
	switch (problem) {
		case "ssid":
			return "Choose a network, or type its name.";
		case "passphrase":
			return "A Wi-Fi password has 8 to 63 characters, or is a key of 64 hexadecimal digits.";
		case "missing":
			return `“${ssid}” needs a password.`;
		case "password":
			return `“${ssid}” did not accept the password. Type it again: capital letters count.`;
		case "refused":
			return isSeen
				? `“${ssid}” could not be joined. The password may be wrong, or the network too far away.`
				: `“${ssid}” was not found. Is the name right, and does the network have 2.4 GHz?`;
		case "lost":
			return `The connection to “${ssid}” was lost while it was being made. Try again, nearer to the router.`;
		case "address":
			return `“${ssid}” was joined, but gave the device no address. Restart the router, and try again.`;
		case "timeout":
			return `“${ssid}” did not answer in time. Try again, nearer to the router.`;
		case "radio":
			return "The device could not begin to join a network. Try again; if that does not help, restart it.";
		case "store":
			return `“${ssid}” was joined, but the device could not remember it. Try again; if that does not help, restart it.`;
		case "busy":
			return "Somebody else is setting this device up at the moment.";
		case "often":
			return "That was tried too often. Wait half a minute, and try again.";
	}
};
