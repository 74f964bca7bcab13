// What the firmware of an emulated chip asks of ESP-IDF: a network without a radio, a console, and figures.

#include "xsmc.h"
#include "xsHost.h"
#include "mc.xs.h"

#include <stdio.h>

#include "esp_eth.h"
#include "esp_event.h"
#include "esp_heap_caps.h"
#include "esp_netif.h"
#include "esp_rom_sys.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

static esp_netif_t *network = NULL;

// QEMU's Ethernet card, OpenCores' own, and the address that DHCP gives.
static esp_err_t startNetwork(void)
{
	esp_netif_config_t settings = ESP_NETIF_DEFAULT_ETH();
	eth_mac_config_t macSettings = ETH_MAC_DEFAULT_CONFIG();
	eth_phy_config_t phySettings = ETH_PHY_DEFAULT_CONFIG();
	esp_eth_handle_t card = NULL;
	phySettings.autonego_timeout_ms = 100;
	esp_eth_config_t cardSettings =
	    ETH_DEFAULT_CONFIG(esp_eth_mac_new_openeth(&macSettings), esp_eth_phy_new_generic(&phySettings));
	esp_err_t error = esp_netif_init();
	if (error == ESP_OK)
		error = esp_event_loop_create_default();
	if (error == ESP_OK)
		error = esp_eth_driver_install(&cardSettings, &card);
	if (error != ESP_OK)
		return error;
	network = esp_netif_new(&settings);
	error = esp_netif_attach(network, esp_eth_new_netif_glue(card));
	return error == ESP_OK ? esp_eth_start(card) : error;
}

// Throws when there is no such card.
void xs_chip_join(xsMachine *the)
{
	esp_err_t error = startNetwork();
	if (error != ESP_OK)
		xsUnknownError("no network: %d", (int)error);
}

// For Net.get("IP"); `undefined` until there is one, and for all else that may be asked.
void xs_chip_get(xsMachine *the)
{
	esp_netif_ip_info_t info;
	char text[16];
	if (c_strcmp(xsmcToString(xsArg(0)), "IP") || !network || esp_netif_get_ip_info(network, &info) != ESP_OK ||
	    info.ip.addr == 0)
		return;
	esp_ip4addr_ntoa(&info.ip, text, sizeof text);
	xsmcSetString(xsResult, text);
}

void xs_chip_print(xsMachine *the)
{
	for (const char *text = xsmcToString(xsArg(0)); *text; text++)
		esp_rom_printf("%c", *text);
}

// Bytes of the task's stack that were never in use.
void xs_chip_stack(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)(uxTaskGetStackHighWaterMark(NULL) * sizeof(StackType_t)));
}

// Microseconds in which the processor was not idle, since the start.
void xs_chip_busy(xsMachine *the)
{
	uint64_t idle = ulTaskGetIdleRunTimeCounter();
	xsmcSetNumber(xsResult, (xsNumberValue)((uint64_t)esp_timer_get_time() - idle));
}

// The least of the C heap that was ever free, in bytes.
void xs_chip_lowest(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)heap_caps_get_minimum_free_size(MALLOC_CAP_8BIT));
}
