#!/usr/bin/env bash
# The controller: OpenStack's Keystone, HDFS's NameNode and the panel, step 4 of docs/operations.md. Run by the Vagrantfile; again does no harm.
#
#   CONTROLLER=… COMPUTES='… …' SECRET=… controller.sh        COMPUTES are the addresses of the compute nodes
set -euo pipefail

main() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get --quiet=2 install --yes --no-install-recommends keystone python3-openstackclient /opt/livemr/livemr-panel_*.deb /opt/livemr/livemr-datanode_*.deb
  keystone
  namenode
  panel
}

keystone() {
  local url=http://$CONTROLLER:5000/v3
  printf '%s\n' '[DEFAULT]' 'log_dir = /var/log/keystone' '[database]' 'connection = sqlite:////var/lib/keystone/keystone.db' '[token]' 'provider = fernet' \
    > /etc/keystone/keystone.conf
  su --shell /bin/sh keystone --command 'keystone-manage db_sync'
  keystone-manage fernet_setup --keystone-user keystone --keystone-group keystone
  keystone-manage credential_setup --keystone-user keystone --keystone-group keystone
  keystone-manage bootstrap --bootstrap-password "$SECRET" --bootstrap-region-id RegionOne \
    --bootstrap-admin-url "$url" --bootstrap-internal-url "$url" --bootstrap-public-url "$url"
  systemctl restart keystone
  cat > /root/openrc << RC
export OS_AUTH_URL=$url OS_IDENTITY_API_VERSION=3 OS_USERNAME=admin OS_PASSWORD=$SECRET OS_PROJECT_NAME=admin
export OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default OS_REGION_NAME=RegionOne
RC
  chmod 600 /root/openrc
  # shellcheck disable=SC1091
  . /root/openrc
  await openstack token issue
  openstack project create --or-show service > /dev/null
  openstack user create --or-show --project service --password "$SECRET" livemr > /dev/null
  openstack role add --project service --user livemr admin
}

namenode() {
  cat > /etc/systemd/system/hdfs-namenode.service << 'UNIT'
[Unit]
Description=HDFS NameNode
After=network-online.target
Wants=network-online.target

[Service]
DynamicUser=yes
User=hdfs
StateDirectory=hdfs
ExecStartPre=/bin/sh -c 'test -e /var/lib/hdfs/name/current || java -cp "/etc/hadoop/conf:/opt/hadoop/*" org.apache.hadoop.hdfs.server.namenode.NameNode -format -nonInteractive'
ExecStart=/usr/bin/java -Xmx512m -cp /etc/hadoop/conf:/opt/hadoop/* org.apache.hadoop.hdfs.server.namenode.NameNode
Restart=on-failure

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl --quiet enable hdfs-namenode
  systemctl restart hdfs-namenode
  await hdfs -mkdir -p /livemr/jobs
  hdfs -chown livemr-panel /livemr/jobs
}

hdfs() {
  HADOOP_USER_NAME=hdfs java -cp '/etc/hadoop/conf:/opt/hadoop/*' org.apache.hadoop.fs.FsShell "$@"
}

panel() {
  local number=0 address
  install --owner=livemr-panel --mode=600 /dev/stdin /etc/livemr/secret <<< "$SECRET"
  {
    echo 'LIVEMR_HADOOP_CLASSPATH=/opt/hadoop/*:/usr/share/livemr/hadoop/*'
    echo "LIVEMR_OPENSTACK_AUTHURL=http://$CONTROLLER:5000/v3"
    echo 'LIVEMR_OPENSTACK_PASSWORDFILE=/etc/livemr/secret'
    for address in $COMPUTES; do
      echo "LIVEMR_COMPOSERS_${number}_URL=http://$address:7480"
      echo "LIVEMR_COMPOSERS_${number}_TOKENFILE=/etc/livemr/secret"
      number=$((number + 1))
    done
  } | install --mode=600 /dev/stdin /etc/livemr/panel.env
  systemctl --quiet enable livemr-panel
  systemctl restart livemr-panel
  await curl --silent --fail --output /dev/null http://127.0.0.1:8080/actuator/health/liveness
}

await() {
  local seconds
  for ((seconds = 0; seconds < 300; seconds += 2)); do
    "$@" > /dev/null 2>&1 && return
    sleep 2
  done
  say "no success within 300 s: $*"
  "$@"
}

say() { printf '%s\n' "controller: $*" >&2; }

main "$@"
