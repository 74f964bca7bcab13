"""Another device of a network with multicast DNS, by python-zeroconf, on the loopback interface.

Reads a command a line and answers each with a line of JSON:
  host NAME TIMES     the addresses of NAME.local, which is asked for so many times, each a second later
  find TYPE NAME      the service NAME of that type: host, port, addresses, TXT
  claim NAME ADDRESS  has NAME.local from now on, with a service "_peer._tcp"
  give NAME           has it no longer
"""

import json
import socket
import sys
import time

from zeroconf import DNSAddress, DNSOutgoing, DNSQuestion, IPVersion, RecordUpdateListener, ServiceInfo, Zeroconf
from zeroconf.const import _CLASS_IN, _FLAGS_QR_QUERY, _TYPE_A

zeroconf = Zeroconf(interfaces=["127.0.0.1"], ip_version=IPVersion.V4Only)
claimed = {}


class Heard(RecordUpdateListener):
    """Every address that is heard, by name, until a goodbye is."""

    def __init__(self):
        self.addresses = {}

    def async_update_records(self, _zeroconf, _now, records):
        for update in records:
            record = update.new
            if isinstance(record, DNSAddress) and record.type == _TYPE_A:
                known = self.addresses.setdefault(record.name.lower(), set())
                address = socket.inet_ntoa(record.address)
                known.add(address) if record.ttl > 0 else known.discard(address)


heard = Heard()
zeroconf.add_listener(heard, None)


def host(name, times):
    full = f"{name}.local."
    heard.addresses.pop(full.lower(), None)
    for _ in range(int(times)):
        query = DNSOutgoing(_FLAGS_QR_QUERY)
        query.add_question(DNSQuestion(full, _TYPE_A, _CLASS_IN))
        zeroconf.send(query)
        end = time.time() + 1
        while time.time() < end:
            if heard.addresses.get(full.lower()):
                return sorted(heard.addresses[full.lower()])
            time.sleep(0.02)
    return []


def find(kind, name):
    info = zeroconf.get_service_info(f"{kind}.local.", f"{name}.{kind}.local.", 20000)
    if info is None:
        return None
    txt = {key.decode(): value.decode() for key, value in info.properties.items() if value is not None}
    return {"host": info.server, "port": info.port, "addresses": info.parsed_addresses(), "txt": txt}


def claim(name, address):
    info = ServiceInfo(
        "_peer._tcp.local.",
        f"{name}._peer._tcp.local.",
        addresses=[socket.inet_aton(address)],
        port=9,
        server=f"{name}.local.",
    )
    zeroconf.register_service(info)
    claimed[name] = info
    return True


def give(name):
    zeroconf.unregister_service(claimed.pop(name))
    return True


commands = {"host": host, "find": find, "claim": claim, "give": give}
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    command, *parameters = line.split()
    print(json.dumps(commands[command](*parameters)), flush=True)
zeroconf.close()
