# hadoop fs -composeFromLocal on a stock Hadoop install.
#
#   cp livemr.sh $HADOOP_CONF_DIR/shellprofile.d/  and  block-link-*.jar to share/hadoop/common/lib/
#
# The hadoop script calls hadoop_subcommand_NAME instead of its own subcommand where a profile defines one. All stock
# commands of "hadoop fs" stay.
hadoop_add_profile livemr

function hadoop_subcommand_fs {
  # shellcheck disable=SC2034
  HADOOP_CLASSNAME=io.livemr.hdfs.shell.ComposeShell
}
