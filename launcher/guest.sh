# Sourced by launcher/run: a virtual machine with the built agent inside, from the tiny image of itests/guest.

# Says whether a guest gets past its firmware under KVM: there are machines where /dev/kvm opens and every guest stands still.
kvm_works() {
  [ -w /dev/kvm ] || return 1
  setpriv --pdeathsig KILL qemu-system-x86_64 -accel kvm -cpu host -machine pc -m 256 -nodefaults -no-user-config -display none \
    -kernel "$1/vmlinuz" -initrd "$1/initrd" -append console=ttyS0 -serial "file:$scratch/trial" >/dev/null 2>&1 &
  trial=$!
  works=1
  for tenth in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40; do
    kill -0 "$trial" 2>/dev/null || break
    if grep -qs "Run /init as init process" "$scratch/trial"; then
      works=0
      break
    fi
    sleep 0.2
  done
  kill "$trial" 2>/dev/null
  wait "$trial" 2>/dev/null
  return "$works"
}

# Boots the guest in the background. The socket of its agent's port is $scratch/agent.socket; $agent is the process that ends it.
start_guest() {
  install_missing qemu-system-x86_64:qemu-system-x86 qemu-img:qemu-utils mmdebstrap:mmdebstrap mke2fs:e2fsprogs cpio:cpio depmod:kmod \
    setpriv:util-linux
  echo "Looking for the guest's image; the first time it is built, which takes a minute ..." >&2
  image=$(itests/guest/build-image tiny)
  accelerator="tcg,thread=multi -cpu qemu64"
  options=-Xint
  if kvm_works "$image"; then
    accelerator="kvm -cpu host"
    options=
  fi

  mkdir "$scratch/payload"
  cp -a "$home" "$scratch/payload/lodger"
  cp -a itests/guest/agents/lodger "$scratch/payload/start"
  trust_developer "$scratch/payload/trust.p12"
  { cat itests/guest/agents/lodger.conf && echo "trust-store=/payload/trust.p12"; } >"$scratch/payload/lodger.conf"
  echo "LODGER_JAVA_OPTIONS=$options" >"$scratch/payload/environment"
  quietly env "PATH=$PATH:/usr/sbin:/sbin" mke2fs -F -t ext4 -O ^has_journal -m 0 -d "$scratch/payload" "$scratch/payload.img" 48M
  for disk in root data swap; do
    quietly qemu-img create -f qcow2 -F qcow2 -b "$image/$disk.qcow2" "$scratch/$disk.qcow2"
  done

  echo "Booting a guest (${accelerator%%[ ,]*}) with the agent inside ..." >&2
  # shellcheck disable=SC2086  # words of a command line
  setpriv --pdeathsig KILL qemu-system-x86_64 -accel $accelerator -machine pc -m 512 -nodefaults -no-user-config -display none \
    -kernel "$image/vmlinuz" -initrd "$image/initrd" \
    -append "console=ttyS0 quiet root=/dev/vda rootfstype=ext4 rw panic=5 resume=/dev/vdd no_console_suspend net.ifnames=0" \
    -drive "file=$scratch/root.qcow2,if=virtio,cache=unsafe" -drive "file=$scratch/payload.img,if=virtio,format=raw,readonly=on" \
    -drive "file=$scratch/data.qcow2,if=virtio,cache=unsafe" -drive "file=$scratch/swap.qcow2,if=virtio,cache=unsafe" \
    -netdev user,id=network,restrict=on -device virtio-net-pci,netdev=network,romfile= \
    -serial "file:$scratch/log" -device virtio-serial -chardev "socket,id=agent,server=on,wait=off,path=$scratch/agent.socket" \
    -device virtserialport,id=agent-port,chardev=agent,name=org.qemu.guest_agent.0 2>>"$scratch/log" </dev/null &
  agent=$!
}
