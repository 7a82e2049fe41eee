/**
 * The processes of one host: composer, NameNode, DataNode and control panel, over one state folder. Started together,
 * supervised, found again by other commands through that folder, stopped together.
 */
package io.livemr.launcher.stack;
