/** What people get to see: tables, indented JSON, numbers with units; nothing in it that a terminal would obey. */
package io.lodger.ctl.text;
