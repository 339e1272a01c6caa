package com.example.hello;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "example-hello")
@Doc("Says hello.")
public class Hello implements Command<NoArguments, String> {

    @Override
    public String execute(NoArguments none, CommandContext context) {
        return "Hello";
    }
}
