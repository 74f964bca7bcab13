import Listener from "embedded:io/socket/listener";
import config from "mc/config";

new Listener({ address: "127.0.0.1", port: config.port });
trace(`listens on ${config.port}\n`);
