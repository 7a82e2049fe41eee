/** Hosts with their composers, and the machines on them. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { get } from '../api.js';
import { bytes, instant, plural } from '../format.js';
import { badge, empty, pager, time } from '../parts.js';
import { isAdmin } from '../session.js';
import { every } from '../time.js';

const SIZE = 50;
const LOOK_MILLIS = 5000;
const SECTOR_BYTES = 512;

export async function hosts({ show, signal, query }) {
  const page = Number(query.get('page') ?? 0);
  const look = async () => {
    const vms = await get('/api/v1/vms', { signal });
    show(isAdmin() ? withHosts(await get(`/api/v1/hosts?page=${page}&size=${SIZE}`, { signal }), vms) : alone(vms));
  };
  await look();
  every(LOOK_MILLIS, signal, look);
}

/** Where machines are is for admins. */
const alone = vms => html`
  <h1 tabindex="-1">Machines</h1>
  ${vms.length ? html`<div class="card">${machines(vms)}</div>`
    : empty('hosts', 'No machine', 'None runs that your project may name; an administrator says which those are.')}`;

const withHosts = (list, vms) => html`
  <h1 tabindex="-1">Machines</h1>
  ${list.items.length ? list.items.map(host => card(host, vms.filter(vm => vm.composer === host.url)))
    : empty('hosts', 'No host', 'The panel’s settings name none: livemr.composers[0].url and .token-file say where a host’s composer is.')}
  ${pager(list, number => `#/hosts?page=${number}`)}`;

function stateOf(host) {
  if (!host.reachable) {
    return 'SILENT';
  }
  return host.message ? 'FAILING' : 'REACHABLE';
}

const card = (host, vms) => html`
  <section>
    <div class="card">
      <div class="title"><h2 class="path">${host.url}</h2>${badge(stateOf(host))}
        <span class="quiet small">${host.since ? html`since ${instant(host.since)}` : nothing}</span></div>
      ${host.message ? html`<p class="error">${host.message}</p>` : html`<p class="quiet">${plural(host.vms, 'machine')}, ${plural(host.files, 'file')},
        mode <strong>${host.mode}</strong>, composer ${host.version}, started ${time(host.startedAt)}</p>`}
      ${vms.length ? machines(vms) : nothing}
    </div>
  </section>`;

const machines = vms => html`
  <table class="inner">
    <caption class="unseen">Machines</caption>
    <thead><tr><th scope="col">Machine</th><th scope="col">Agent</th><th scope="col" class="wide">Maps come by</th><th scope="col" class="wide">Disks</th></tr></thead>
    <tbody>${vms.map(vm => html`
      <tr>
        <td><span class="strong">${vm.name}</span><div class="quiet small">${vm.state}</div></td>
        <td>${badge(vm.agent === 'connected' ? 'CONNECTED' : 'ABSENT')}</td>
        <td class="wide">${vm.maps ?? '–'}</td>
        <td class="wide">${vm.disks.length ? vm.disks.map(disk => html`<div>${disk.target} <span class="quiet small">${disk.format}, ${bytes(disk.sectors * SECTOR_BYTES)}</span></div>`) : '–'}</td>
      </tr>`)}</tbody>
  </table>`;
