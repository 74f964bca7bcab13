// The desk is its own network: what the SDK's module of that name says of the connection, as far as it is wanted here.
import config from "mc/config";

const Net = {
	/** @param link "station" for a radio's, of which the desk has none but what mc/config says. */
	get(name, link) {
		if (name !== "IP") return undefined;
		return link === "station" ? config.stationAddress : String(config.deskAddress ?? "127.0.0.1");
	}
};

export default Net;
