// The desk is its own network: what the SDK's module of that name says of the connection, as far as it is wanted here.
import config from "mc/config";

const Net = {
	get(name) {
		return name === "IP" ? String(config.deskAddress ?? "127.0.0.1") : undefined;
	}
};

export default Net;
