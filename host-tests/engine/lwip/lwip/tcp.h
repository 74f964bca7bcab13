// As much of lwIP's interface as modules/tcp calls, for fake-lwip.c.

#ifndef FAKE_LWIP_TCP_H
#define FAKE_LWIP_TCP_H

// ESP-IDF's lwipopts.h includes these too, whose names are taken then.
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

typedef uint8_t u8_t;
typedef uint16_t u16_t;
typedef uint32_t u32_t;
typedef int8_t err_t;

enum { ERR_OK = 0, ERR_MEM = -1, ERR_VAL = -6, ERR_USE = -8, ERR_ABRT = -13, ERR_RST = -14 };

typedef struct {
	u32_t addr;
} ip_addr_t;

#define IPADDR_TYPE_ANY 46
#define IP_GET_TYPE(address) ((void)(address), 0)
#define ip_addr_set_any_val(is_ipv6, address) ((address).addr = 0)
int ipaddr_aton(const char *text, ip_addr_t *address);
char *ipaddr_ntoa_r(const ip_addr_t *address, char *text, int size);

struct pbuf {
	struct pbuf *next;
	void *payload;
	u16_t tot_len, len;
	u8_t ref;
};

typedef enum { PBUF_RAW, PBUF_TRANSPORT } pbuf_layer;
typedef enum { PBUF_RAM } pbuf_type;

struct pbuf *pbuf_alloc(pbuf_layer layer, u16_t length, pbuf_type type);
u8_t pbuf_free(struct pbuf *data);
void pbuf_cat(struct pbuf *head, struct pbuf *tail);
u16_t pbuf_copy_partial(const struct pbuf *data, void *to, u16_t count, u16_t offset);
struct pbuf *pbuf_free_header(struct pbuf *data, u16_t size);

struct tcp_pcb;
typedef err_t (*tcp_accept_fn)(void *arg, struct tcp_pcb *pcb, err_t error);
typedef err_t (*tcp_recv_fn)(void *arg, struct tcp_pcb *pcb, struct pbuf *data, err_t error);
typedef err_t (*tcp_sent_fn)(void *arg, struct tcp_pcb *pcb, u16_t length);
typedef err_t (*tcp_poll_fn)(void *arg, struct tcp_pcb *pcb);
typedef void (*tcp_err_fn)(void *arg, err_t error);
typedef err_t (*tcp_connected_fn)(void *arg, struct tcp_pcb *pcb, err_t error);

struct tcp_pcb {
	ip_addr_t remote_ip;
	u16_t local_port, remote_port;
	u16_t snd_buf, snd_queuelen;
	u16_t unread; // bytes by which the window is not open
	u8_t isNagle, isShut, isListening;
	u8_t pollInterval; // half seconds
	u8_t isDelayed;    // it counts among those that its listener's backlog bounds
	u8_t backlog;
	void *callback_arg;
	tcp_accept_fn accept;
	tcp_recv_fn recv;
	tcp_sent_fn sent;
	tcp_poll_fn poll;
	tcp_err_fn err;
	tcp_connected_fn connected;
	struct pbuf *refused;
	struct tcp_pcb *next;
};

#define SOF_REUSEADDR 4
#define ip_set_option(pcb, option) ((void)(pcb))
#define tcp_sndbuf(pcb) ((pcb)->snd_buf)
#define tcp_sndqueuelen(pcb) ((pcb)->snd_queuelen)
#define tcp_nagle_disable(pcb) ((pcb)->isNagle = 0)
#define tcp_nagle_enable(pcb) ((pcb)->isNagle = 1)
#define TCP_WRITE_FLAG_COPY 1
#define TCP_SND_BUF 5744
#define MEMP_NUM_TCP_PCB 16

struct tcp_pcb *tcp_new_ip_type(u8_t type);
err_t tcp_bind(struct tcp_pcb *pcb, const ip_addr_t *address, u16_t port);
struct tcp_pcb *tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog);
void tcp_backlog_delayed(struct tcp_pcb *pcb);
void tcp_backlog_accepted(struct tcp_pcb *pcb);
err_t tcp_connect(struct tcp_pcb *pcb, const ip_addr_t *address, u16_t port, tcp_connected_fn connected);
void tcp_arg(struct tcp_pcb *pcb, void *arg);
void tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn accept);
void tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn recv);
void tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn sent);
void tcp_poll(struct tcp_pcb *pcb, tcp_poll_fn poll, u8_t interval);
void tcp_err(struct tcp_pcb *pcb, tcp_err_fn err);
err_t tcp_write(struct tcp_pcb *pcb, const void *data, u16_t count, u8_t flags);
err_t tcp_output(struct tcp_pcb *pcb);
void tcp_recved(struct tcp_pcb *pcb, u16_t count);
err_t tcp_shutdown(struct tcp_pcb *pcb, int read, int write);
err_t tcp_close(struct tcp_pcb *pcb);
void tcp_abort(struct tcp_pcb *pcb);

#endif
