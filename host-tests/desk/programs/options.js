import Resource from "Resource";
import config from "mc/config";

trace(`${typeof config.port} ${config.port}, ${typeof config.name} ${config.name}, ${typeof config.on} ${config.on}\n`);
trace(`${Resource.exists("idle.js")} ${Resource.exists("none")}\n`);
const resource = new Resource("syntax-error.js");
trace(`${resource.byteLength} ${String.fromArrayBuffer(resource.slice(3, 8))} ${new Uint8Array(resource)[0]}\n`);
const view = new Uint8Array(resource.slice(0, 5, false));
trace(`${String.fromArrayBuffer(view.slice().buffer)}\n`);
