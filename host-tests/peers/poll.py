"""Clients of Python that post again and again, each with a connection of its own that it keeps (judges/pollers.mjs).

poll.py requests|httpx|aiohttp URL CA CLIENTS SECONDS LEAST MOST    prints how many posts were answered, and each that was not
"""

import asyncio
import random
import sys
import threading
import time


def requests_client(ca):
    import requests

    session = requests.Session()
    session.trust_env = False
    session.verify = ca
    return lambda url: session.post(url, data=b"ping").status_code


def httpx_client(ca):
    import httpx

    client = httpx.Client(verify=ca, timeout=60)
    return lambda url: client.post(url, content=b"ping").status_code


def poll(post, url, end, pause, tell):
    while time.monotonic() < end:
        time.sleep(pause())
        try:
            status = post(url)
            tell("answered" if status == 200 else f"status {status}")
        except Exception as error:
            tell(f"lost {error!r}")


async def poll_aiohttp(ca, url, end, pause, tell):
    import ssl

    import aiohttp

    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=ca), limit=1)
    async with aiohttp.ClientSession(connector=connector) as session:
        while time.monotonic() < end:
            await asyncio.sleep(pause())
            try:
                async with session.post(url, data=b"ping") as response:
                    await response.read()
                    tell("answered" if response.status == 200 else f"status {response.status}")
            except Exception as error:
                tell(f"lost {error!r}")


def main(kind, url, ca, clients, seconds, least, most):
    end = time.monotonic() + float(seconds)
    results = []
    pause = lambda: random.uniform(float(least), float(most)) / 1000
    if kind == "aiohttp":

        async def all_of_them():
            await asyncio.gather(*(poll_aiohttp(ca, url, end, pause, results.append) for _ in range(int(clients))))

        asyncio.run(all_of_them())
    else:
        make = {"requests": requests_client, "httpx": httpx_client}[kind]
        threads = [
            threading.Thread(target=poll, args=(make(ca), url, end, pause, results.append)) for _ in range(int(clients))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print("answered", results.count("answered"))
    for result in results:
        if result != "answered":
            print(result)


main(*sys.argv[1:])
