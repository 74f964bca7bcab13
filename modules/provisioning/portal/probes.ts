// What systems ask by plain HTTP in a network that they have just joined, to find out whether it has a page to show first: who gets
// anything but this shows it, and who gets this takes its window away. Names of hosts are not looked at, for there are many.

/** What a system wants to read when there is no portal. */
export interface Success {
	readonly status: 200 | 204;
	readonly type: string;
	readonly text: string;
}

const html = "text/html";
const plain = "text/plain";
const none: Success = Object.freeze({ status: 204, type: plain, text: "" });
const apple: Success = Object.freeze({
	status: 200,
	type: html,
	text: "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>"
});
const networkManager: Success = Object.freeze({ status: 200, type: plain, text: "NetworkManager is online\n" });

/** By path. No object has them by its properties: XS keeps each name that one was ever asked for, and clients ask for any. */
const successes: ReadonlyMap<string, Success> = new Map(
	Object.entries({
		// Android, ChromeOS, Chromium and what is built of them; their hosts differ from maker to maker.
		"/generate_204": none,
		"/gen_204": none,
		// iOS, iPadOS, macOS.
		"/hotspot-detect.html": apple,
		"/library/test/success.html": apple,
		// Windows, since 10 and before.
		"/connecttest.txt": Object.freeze({ status: 200, type: plain, text: "Microsoft Connect Test" }),
		"/ncsi.txt": Object.freeze({ status: 200, type: plain, text: "Microsoft NCSI" }),
		// Firefox.
		"/success.txt": Object.freeze({ status: 200, type: plain, text: "success\n" }),
		"/canonical.html": Object.freeze({
			status: 200,
			type: html,
			text: '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>'
		}),
		// NetworkManager of GNOME, Debian, Arch Linux and Fedora.
		"/check_network_status.txt": networkManager,
		"/nm": networkManager,
		"/nm-check.txt": networkManager,
		"/static/hotspot.txt": Object.freeze({ status: 200, type: plain, text: "OK" })
	})
);

/** What a system wants to read at a path; `undefined` when none looks there. */
export const successAt = (path: string): Success | undefined => {
	return successes.get(path);
};
