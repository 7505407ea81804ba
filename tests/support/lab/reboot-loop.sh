#!/bin/sh
# reboot-loop.sh PROGRAM ARGUMENT…
# Runs the container again whenever it ends with 133, systemd-nspawn's word for "it wants to reboot". A shell, because one of these
# stays beside every host and this one weighs a megabyte.
"$@"
while [ $? -eq 133 ]; do
  "$@"
done
