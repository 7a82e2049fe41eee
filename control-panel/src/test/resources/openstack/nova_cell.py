"""A cell of Nova that has no hypervisor: makes Nova's databases, then takes servers and leaves them as nova-compute would.

  nova_cell.py NOVA_CONF

Each line of standard input is one call in JSON: {"boot": [PROJECT, NAME, HOST]} is answered with the server's id and the name that
libvirt would have, {"delete": [ID]} with {}. Without a host it is a server that no host had room for; Nova keeps these in cell0, a
database that counts its servers by itself. One start of Python does what nova-manage needs five for.
"""
import json
import os
import shutil
import sys

from nova.cmd import manage  # first, since it has eventlet patch the standard library
from nova import config, context, objects
from nova.network import model
from oslo_utils import timeutils, uuidutils


def main(conf):
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what Nova prints is no answer
    config.parse_args(["nova-cell", "--config-file", conf])
    objects.register_all()
    make_databases(os.path.dirname(conf))
    cell = Cell()
    print("{}", file=answers)
    for line in sys.stdin:
        (call, words), = json.loads(line).items()
        print(json.dumps(getattr(cell, call)(*words)), file=answers)


def make_databases(folder):
    manage.ApiDbCommands().sync()
    manage.DbCommands().sync(local_cell=True)
    shutil.copy(f"{folder}/nova.db", f"{folder}/cell0.db")
    cells = manage.CellV2Commands()
    cells.map_cell0(f"sqlite:///{folder}/cell0.db")
    cells.create_cell("cell1", f"sqlite:///{folder}/nova.db", "fake:///")


class Cell:

    def __init__(self):
        self.admin = context.get_admin_context()
        self.cell0, self.cell1 = sorted(objects.CellMappingList.get_all(self.admin), key=lambda cell: not cell.is_cell0())
        self.flavor = objects.Flavor(self.admin, name="small", flavorid="1", memory_mb=512, vcpus=1, root_gb=1, ephemeral_gb=0, swap=0,
                                     rxtx_factor=1.0, vcpu_weight=0, disabled=False, is_public=True)
        self.flavor.create()

    def boot(self, project, name, host):
        cell = self.cell1 if host else self.cell0
        server = uuidutils.generate_uuid()
        objects.InstanceMapping(self.admin, instance_uuid=server, project_id=project, user_id="nobody", cell_mapping=cell,
                                queued_for_delete=False).create()
        with context.target_cell(self.admin, cell) as inside:
            instance = objects.Instance(inside, uuid=server, project_id=project, user_id="nobody", display_name=name, host=host, node=host,
                                        vm_state="active" if host else "error", power_state=1 if host else 0, flavor=self.flavor,
                                        image_ref="", launched_at=timeutils.utcnow(), system_metadata={})
            instance.create()
            instance.info_cache.network_info = model.NetworkInfo([])
            instance.info_cache.save()
            return {"id": server, "instanceName": instance.name}

    def delete(self, server):
        mapping = objects.InstanceMapping.get_by_instance_uuid(self.admin, server)
        with context.target_cell(self.admin, mapping.cell_mapping) as inside:
            objects.Instance.get_by_uuid(inside, server).destroy()
        mapping.queued_for_delete = True
        mapping.save()
        return {}


main(sys.argv[1])
