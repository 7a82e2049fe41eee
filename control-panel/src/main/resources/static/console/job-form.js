/** Makes the description of a job out of what stands in the form. What is empty is left out, so that the panel's defaults hold. */

const lines = text => text.split('\n').map(line => line.trimEnd()).filter(line => line !== '');

export function describe(data, inputs) {
  const text = name => data.get(name).trim() || undefined;
  const hours = Number(data.get('ttlHours'));
  return {
    name: text('name'),
    mainClass: text('mainClass'),
    args: lines(data.get('args')).length ? lines(data.get('args')) : undefined,
    inputs: inputs.map(({ vm, path }) => ({ vm, ...meaning(path), length: data.get('pinned') ? 'pinned' : undefined })),
    output: text('output'),
    requester: text('requester'),
    ttlSeconds: hours ? Math.round(hours * 3600) : undefined,
    properties: properties(data.get('properties')),
  };
}

/** As livemr submit has it: * or ? make a pattern, a slash at the end a folder. */
function meaning(path) {
  if (/[*?]/.test(path)) {
    return { glob: path };
  }
  return path.length > 1 && path.endsWith('/') ? { folder: path.slice(0, -1) } : { path };
}

function properties(text) {
  const pairs = lines(text).map(line => line.split(/=(.*)/s)).map(([name, value = '']) => [name.trim(), value.trim()]);
  return pairs.length ? Object.fromEntries(pairs) : undefined;
}
