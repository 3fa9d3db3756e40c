/* Independent Modbus RTU slaves (libmodbus): meters of a curing room on one line.
 *
 *     modbus_slave <port> <slave,slave,...>
 *
 * The same registers as modbus_slave.py: meter n holds humidity in register 0 and temperature in register 1 (int16,
 * tenths), 95.n % and 20.n degrees; from register 10 on n + 0.5 as float32 in the orders ABCD, CDAB, BADC, DCBA.
 *
 * A libmodbus context answers for one slave, so every meter is a thread with a pseudo-terminal of its own, and this
 * program is the two wires between them: what one side sends, all others hear, as on RS-485.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <modbus/modbus.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { MOST_SLAVES = 32, REGISTERS = 20 };

struct meter {
    int number;
    char path[64];
    pthread_t thread;
};

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, modbus_strerror(errno));
    exit(1);
}

/* Order by name, not by the library's helpers: those of 3.1.6 do not do on the wire what they are called. */
static void put_float(uint16_t *at, float value, const char *order) {
    uint32_t bits;
    uint8_t wire[4];
    memcpy(&bits, &value, sizeof bits);
    for (int index = 0; index < 4; index += 1) wire[index] = (uint8_t)(bits >> (8 * ('D' - order[index])));
    at[0] = (uint16_t)(wire[0] << 8 | wire[1]);
    at[1] = (uint16_t)(wire[2] << 8 | wire[3]);
}

static void *serve(void *given) {
    const struct meter *meter = given;
    modbus_mapping_t *map = modbus_mapping_new(0, 0, REGISTERS, REGISTERS);
    modbus_t *line = modbus_new_rtu(meter->path, 9600, 'N', 8, 1);
    if (map == NULL || line == NULL) fail("libmodbus");
    map->tab_registers[0] = (uint16_t)(950 + meter->number);
    map->tab_registers[1] = (uint16_t)(200 + meter->number);
    static const char *const orders[] = {"ABCD", "CDAB", "BADC", "DCBA"};
    for (int index = 0; index < 4; index += 1)
        put_float(map->tab_registers + 10 + 2 * index, (float)meter->number + 0.5f, orders[index]);
    memcpy(map->tab_input_registers, map->tab_registers, REGISTERS * sizeof(uint16_t));
    /* How long it waits for a neighbour's answer that it must not take for a question. */
    modbus_set_response_timeout(line, 0, 200000);
    modbus_set_slave(line, meter->number);
    if (modbus_connect(line) == -1) fail(meter->path);
    for (;;) {
        uint8_t query[MODBUS_RTU_MAX_ADU_LENGTH];
        int length = modbus_receive(line, query);
        if (length > 0) modbus_reply(line, query, length, map);
        else if (length == -1) modbus_flush(line);
    }
    return NULL;
}

static void write_all(int fd, const uint8_t *bytes, ssize_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, (size_t)count);
        if (written < 0 && errno != EINTR) fail("write");
        if (written > 0) bytes += written, count -= written;
    }
}

static void make_raw(int fd) {
    struct termios mode;
    if (tcgetattr(fd, &mode) == -1) fail("tcgetattr");
    cfmakeraw(&mode);
    if (tcsetattr(fd, TCSANOW, &mode) == -1) fail("tcsetattr");
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "modbus_slave <port> <slave,slave,...>\n");
        return 2;
    }
    static struct meter meters[MOST_SLAVES];
    struct pollfd ends[MOST_SLAVES + 1];
    int used = 1;
    ends[0].fd = open(arguments[1], O_RDWR | O_NOCTTY);
    if (ends[0].fd == -1) fail(arguments[1]);
    make_raw(ends[0].fd);
    for (char *word = strtok(arguments[2], ","); word != NULL && used <= MOST_SLAVES; word = strtok(NULL, ",")) {
        struct meter *meter = &meters[used - 1];
        int inner;
        meter->number = atoi(word);
        if (openpty(&ends[used].fd, &inner, meter->path, NULL, NULL) == -1) fail("openpty");
        make_raw(inner);
        if (pthread_create(&meter->thread, NULL, serve, meter) != 0) fail("pthread_create");
        used += 1;
    }
    for (int index = 0; index < used; index += 1) ends[index].events = POLLIN;
    puts("ready");
    fflush(stdout);
    for (;;) {
        if (poll(ends, (nfds_t)used, -1) == -1 && errno != EINTR) fail("poll");
        for (int from = 0; from < used; from += 1) {
            if ((ends[from].revents & (POLLIN | POLLHUP)) == 0) continue;
            uint8_t bytes[512];
            ssize_t got = read(ends[from].fd, bytes, sizeof bytes);
            /* The cable is gone. */
            if (got <= 0 && from == 0) return 0;
            for (int to = 0; to < used && got > 0; to += 1)
                if (to != from) write_all(ends[to].fd, bytes, got);
        }
    }
}
