#!/usr/bin/env bash
# Java and Hadoop's configuration for a host of HDFS. Run by the Vagrantfile; again does no harm.
#
#   ADDRESS=… CONTROLLER=… hadoop.sh        ADDRESS is this host's own
#
# Hadoop's jars are in /opt/hadoop, LiveMR's packages in /opt/livemr.
set -euo pipefail

main() {
  compgen -G '/opt/livemr/*.deb' > /dev/null || { say "no packages: run scripts/package.sh, then vagrant rsync"; exit 1; }
  export DEBIAN_FRONTEND=noninteractive
  apt-get --quiet=2 update
  apt-get --quiet=2 install --yes --no-install-recommends openjdk-17-jre-headless curl
  mkdir --parents /etc/hadoop/conf
  core_site > /etc/hadoop/conf/core-site.xml
  hdfs_site > /etc/hadoop/conf/hdfs-site.xml
}

# The panel links, so it has to ask the NameNode which DataNodes there are: docs/operations.md, step 4.
core_site() {
  cat << XML
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://$CONTROLLER:8020</value></property>
  <property><name>hadoop.user.group.static.mapping.overrides</name><value>livemr-panel=supergroup;dr.who=;</value></property>
</configuration>
XML
}

hdfs_site() {
  cat << XML
<configuration>
  <property><name>dfs.replication</name><value>1</value></property>
  <property><name>dfs.namenode.name.dir</name><value>/var/lib/hdfs/name</value></property>
  <property><name>dfs.namenode.datanode.registration.ip-hostname-check</name><value>false</value></property>
  <property><name>dfs.namenode.redundancy.considerLoad</name><value>false</value></property>
  <property><name>dfs.datanode.hostname</name><value>$ADDRESS</value></property>
  <property><name>dfs.datanode.data.dir</name><value>/var/lib/livemr/datanode/data</value></property>
  <property><name>dfs.datanode.fsdataset.factory</name>
    <value>org.apache.hadoop.hdfs.server.datanode.fsdataset.impl.LinkFsDatasetFactory</value></property>
  <property><name>dfs.datanode.plugins</name><value>io.livemr.hdfs.plugin.LinkPlugin</value></property>
  <property><name>livemr.link.users</name><value>livemr-panel</value></property>
  <property><name>livemr.composer.mount</name><value>/var/lib/livemr/mnt</value></property>
  <property><name>livemr.composer.url</name><value>http://$ADDRESS:7480</value></property>
  <property><name>livemr.composer.token.file</name><value>/etc/hadoop/composer.token</value></property>
</configuration>
XML
}

say() { printf '%s\n' "hadoop: $*" >&2; }

main "$@"
