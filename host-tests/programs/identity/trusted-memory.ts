// What a device's own identity takes of XS's chunks when a client asks for its CA, and whether that is the present one.

import { gc, memory } from "desk";
import DeviceIdentity, { type Signer } from "identity/device-identity";
import FileStore from "identity/file-store";
import { toPEM } from "identity/pem";
import config from "mc/config";

const store = new FileStore(String(config.store));
const identity = new DeviceIdentity({ store, name: "device", signer: config.signer as Signer });

const isPresent = (): boolean => identity.trustedPEM === toPEM(identity.trusted as Uint8Array, "certificate");

const measure = (): number => {
	gc();
	const before = memory().chunks;
	const length = identity.trustedPEM?.length ?? 0;
	return length > 0 ? memory().chunks - before : -1;
};

const told = [measure(), isPresent()];
identity.renew();
trace(`trusted ${JSON.stringify([...told, measure(), isPresent()])}\n`);
identity.close();
