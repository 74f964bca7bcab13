import Listener from "embedded:io/socket/listener";

new Listener({ address: "127.0.0.1", port: 0 });
trace("started\n");
