/** One way to make a system or browser trust a CA. */
export interface TrustWay {
	/** Key for `--system`. */
	system: string;
	title: string;
	/** Commands to install, each with its arguments. */
	install: string[][];
	/** Commands to take it back. */
	remove: string[][];
	/** Steps that no command can do. */
	steps: string[];
	/** Whether the commands change only this user's settings, so that `--install` may run them. */
	user: boolean;
	/** Node's name of the platform that `--install` uses this way on. */
	platform?: NodeJS.Platform;
}

/** What the ways need to know. */
export interface TrustSubject {
	/** CA certificate, PEM. */
	path: string;
	/** Nickname under which it is kept. */
	name: string;
	/** SHA-1 fingerprint without colons, by which Windows and macOS find it. */
	sha1: string;
	home: string;
}

/** All ways, for one CA. */
export function trustWays(subject: TrustSubject): TrustWay[] {
	return [...linuxWays(subject), macWay(subject), windowsWay(subject), ...handWays(subject)];
}

function linuxWays({ path, name, home }: TrustSubject): TrustWay[] {
	const nss = `sql:${home}/.pki/nssdb`;
	const file = `/usr/local/share/ca-certificates/${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.crt`;
	return [
		{
			system: "chromium",
			title: "Chromium and Chrome on Linux, this user (package libnss3-tools)",
			install: [
				["mkdir", "-p", `${home}/.pki/nssdb`],
				["certutil", "-d", nss, "-A", "-t", "C,,", "-n", name, "-i", path]
			],
			remove: [["certutil", "-d", nss, "-D", "-n", name]],
			steps: ["Restart the browser"],
			user: true,
			platform: "linux"
		},
		{
			system: "linux",
			title: "Debian, Ubuntu: curl, wget, Python and others, all users",
			install: [
				["sudo", "cp", path, file],
				["sudo", "update-ca-certificates"]
			],
			remove: [
				["sudo", "rm", file],
				["sudo", "update-ca-certificates", "--fresh"]
			],
			steps: [],
			user: false
		}
	];
}

function macWay({ path, sha1, home }: TrustSubject): TrustWay {
	const keychain = `${home}/Library/Keychains/login.keychain-db`;
	return {
		system: "macos",
		title: "macOS: Safari, Chrome, curl, this user",
		install: [["security", "add-trusted-cert", "-r", "trustRoot", "-p", "ssl", "-k", keychain, path]],
		remove: [["security", "delete-certificate", "-Z", sha1, keychain]],
		steps: [],
		user: true,
		platform: "darwin"
	};
}

function windowsWay({ path, sha1 }: TrustSubject): TrustWay {
	return {
		system: "windows",
		title: "Windows: Edge, Chrome, this user",
		install: [["certutil", "-user", "-addstore", "Root", path]],
		remove: [["certutil", "-user", "-delstore", "Root", sha1]],
		steps: [],
		user: true,
		platform: "win32"
	};
}

function handWays({ path, name }: TrustSubject): TrustWay[] {
	const by = (system: string, title: string, steps: string[]) => ({
		system,
		title,
		steps,
		install: [],
		remove: [],
		user: false
	});
	return [
		by("firefox", "Firefox, any system", [
			"Settings, Privacy & Security, View Certificates, Authorities, Import",
			`Choose ${path} and tick "Trust this CA to identify websites"`,
			`To take it back: select ${name} there, Delete or Distrust`
		]),
		by("android", "Android: Chrome and WebView (apps must opt in)", [
			`Copy ${path} to the phone`,
			"Settings, Security, Encryption & credentials, Install a certificate, CA certificate"
		]),
		by("ios", "iOS and iPadOS", [
			`Send ${path} to the device, open it, and install the profile in Settings`,
			"Settings, General, About, Certificate Trust Settings: turn it on"
		])
	];
}
