// The SDK's client by the name that its manifest gives it. "sdk/" is the SDK's examples/io/tcp.

export { default } from "sdk/mqttclient/mqttclient";
