// Prints the path of a manifest whose firmware is that of MANIFEST, bundled: node host-tests/toolchain/bundle/main.mjs PLATFORM MANIFEST OUT
import { bundleFirmware } from "./firmware.mjs";

const [platform, manifest, out] = process.argv.slice(2);
console.log(await bundleFirmware(platform, manifest, out));
